// Every page works without this file; it makes some of them quicker.
import "./styles/main.scss";
import htmx from "htmx.org";
import { closeMenus } from "./menus";
import { sendOnChange } from "./filters";
import { linkMaps } from "./maps";
import { keepSummaries } from "./summaries";

htmx.config.includeIndicatorStyles = false; // the stylesheet has them
htmx.config.allowEval = false;
htmx.config.historyCacheSize = 0; // nothing about people stays in the browser's store

closeMenus();
sendOnChange();
linkMaps(document);
keepSummaries();
document.addEventListener("htmx:afterSettle", (event) => linkMaps(event.target as HTMLElement));
