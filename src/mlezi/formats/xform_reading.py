"""Reads an XForm into what a person sees of it. Source: ODK XForms specification."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from mlezi.formats.xform import NAMESPACE, Choice, Group, Question, Texts, XForm

XF = "{http://www.w3.org/2002/xforms}"
H = "{http://www.w3.org/1999/xhtml}"
JR = "{http://openrosa.org/javarosa}"
CONTROLS = ("input", "select1", "select", "upload", "trigger", "range", "rank")


def read(xml: bytes) -> XForm:
    """Read a form that `xlsform.convert` made, or any other XForm of the same profile.

    Raises `etree.XMLSyntaxError` when it is not XML and `ValueError` when it is not a form.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    page = etree.fromstring(xml, parser)
    model, body = page.find(f"{H}head/{XF}model"), page.find(f"{H}body")
    primary = model.find(f"{XF}instance") if model is not None else None
    if model is None or body is None or primary is None or not len(primary):
        raise ValueError("not an XForm: no model, no instance or no body")
    return _Reader(page, model, body, primary[0]).form()


class _Reader:
    """Holds the tables that every question is looked up in: binds, translations, choice lists."""

    def __init__(self, page: Any, model: Any, body: Any, record: Any) -> None:
        self.page, self.model, self.body, self.record = page, model, body, record
        self.binds = {bind.get("nodeset"): bind for bind in model.iter(f"{XF}bind")}
        self.texts: dict[str, Texts] = {}
        self.languages: list[str] = []
        self.default = ""
        self._read_texts()
        self.lists = {i.get("id"): i for i in model.iter(f"{XF}instance") if i.get("id")}
        self.seen: set[str] = set()

    def _read_texts(self) -> None:
        for translation in self.model.iter(f"{XF}translation"):
            language = translation.get("lang") or ""
            self.languages.append(language)
            if translation.get("default"):
                self.default = language
            for text in translation.iter(f"{XF}text"):
                plain = [value for value in text.iter(f"{XF}value") if not value.get("form")]
                if plain and self._flat(plain[0]) not in ("", "-"):
                    self.texts.setdefault(text.get("id"), {})[language] = self._flat(plain[0])
        self.default = self.default or (self.languages[0] if self.languages else "")

    def form(self) -> XForm:
        children = tuple(self._children(self.body))
        hidden = tuple(
            self._question(None, path)
            for path in self.binds
            if path and path not in self.seen and not path.startswith(f"/{self._root()}/meta/")
        )
        record_id = self.record.get("id") or etree.QName(self.record).namespace or ""
        return XForm(
            form_id=record_id,
            version=self.record.get("version") or "",
            title=(self.page.findtext(f"{H}head/{H}title") or "").strip(),
            root=f"/{self._root()}",
            languages=tuple(self.languages),
            default_language=self.default,
            children=children,
            hidden=hidden,
            files=tuple(filter(None, (_file(i.get("src")) for i in self.lists.values()))),
        )

    def _root(self) -> str:
        return etree.QName(self.record).localname

    def _children(self, parent: Any) -> Iterator[Group | Question]:
        for element in parent:
            tag = element.tag.removeprefix(XF) if isinstance(element.tag, str) else ""
            if tag == "group":
                yield self._group(element)
            elif tag in CONTROLS:
                yield self._question(element, element.get("ref") or element.get("bind") or "")

    def _group(self, element: Any) -> Group:
        """A repeat is a group with one repeat in it; the two are one here."""
        repeat = element.find(f"{XF}repeat")
        inner = repeat if repeat is not None else element
        path = (repeat.get("nodeset") if repeat is not None else element.get("ref")) or ""
        self.seen.add(path)
        bind = self.binds.get(path)
        return Group(
            path=path,
            labels=self._words(element.find(f"{XF}label")),
            repeats=repeat is not None,
            count=(repeat.get(f"{JR}count") or "").strip() if repeat is not None else "",
            relevant=_of(bind, "relevant"),
            appearance=inner.get("appearance") or element.get("appearance") or "",
            children=tuple(self._children(inner)),
        )

    def _question(self, element: Any | None, path: str) -> Question:
        self.seen.add(path)
        bind = self.binds.get(path)
        control = "" if element is None else element.tag.removeprefix(XF)
        find = (lambda tag: element.find(XF + tag)) if element is not None else (lambda tag: None)
        attribute = element.get if element is not None else (lambda name, default=None: default)
        choices, file, filter_ = self._choices(element)
        columns = () if file or not filter_ else self._columns(element)
        return Question(
            path=path,
            kind=control if control in ("select", "select1", "rank", "trigger") else _of(bind, "type") or "string",
            control=control,
            labels=self._words(find("label")),
            hints=self._words(find("hint")),
            choices=choices,
            choices_file=file,
            choices_filter=filter_,
            choices_columns=columns,
            meaning=_of(bind, f"{{{NAMESPACE}}}as"),
            relevant=_of(bind, "relevant"),
            constraint=_of(bind, "constraint"),
            constraint_messages=self._text(_of(bind, f"{JR}constraintMsg")),
            required=_of(bind, "required"),
            calculate=_of(bind, "calculate"),
            preload=_of(bind, f"{JR}preload"),
            read_only=_of(bind, "readonly") == "true()",
            appearance=attribute("appearance", "") or "",
            media=(attribute("mediatype", "") or "").partition("/")[0],
            limits=(attribute("start", "") or "", attribute("end", "") or "", attribute("step", "") or ""),
        )

    def _choices(self, element: Any | None) -> tuple[tuple[Choice, ...], str, str]:
        if element is None:
            return (), "", ""
        inline = [
            Choice(i.findtext(f"{XF}value") or "", self._words(i.find(f"{XF}label"))) for i in element.iter(f"{XF}item")
        ]
        itemset = element.find(f"{XF}itemset")
        if itemset is None:
            return tuple(inline), "", ""
        nodeset = itemset.get("nodeset") or ""
        source = self.lists.get(_list_named(nodeset))
        filter_ = nodeset.partition("/root/item[")[2].rpartition("]")[0].strip()
        if source is None:
            return (), "", filter_
        if source.get("src"):
            return (), _file(source.get("src")), filter_
        return tuple(self._listed(item) for item in source.iter(f"{XF}item")), "", filter_

    def _columns(self, element: Any) -> tuple[str, ...]:
        """The columns that at least one choice of the question's list fills in."""
        source = self.lists.get(_list_named(element.find(f"{XF}itemset").get("nodeset") or ""))
        items = () if source is None else source.iter(f"{XF}item")
        names = (etree.QName(cell).localname for item in items for cell in item)
        return tuple(dict.fromkeys(name for name in names if name != "itextId"))

    def _listed(self, item: Any) -> Choice:
        key = item.findtext(f"{XF}itextId")
        labels = self.texts.get(key, {}) if key else {"": item.findtext(f"{XF}label") or ""}
        return Choice(item.findtext(f"{XF}name") or "", labels)

    def _words(self, element: Any | None) -> Texts:
        if element is None:
            return {}
        reference = element.get("ref") or ""
        return self._text(reference) if reference else self._plain(self._flat(element))

    def _text(self, value: str) -> Texts:
        if value.startswith("jr:itext("):
            return self.texts.get(value.partition("(")[2].strip(")'\" "), {})
        return self._plain(value)

    def _plain(self, text: str) -> Texts:
        return {self.default: text} if text else {}

    def _flat(self, element: Any) -> str:
        parts = [element.text or ""]
        for child in element:
            value = (child.get("value") or "").strip()
            parts += ["{" + value + "}" if value else "", child.tail or ""]
        return "".join(parts).strip()


def _of(bind: Any | None, name: str) -> str:
    return "" if bind is None else (bind.get(name) or "").strip()


def _list_named(nodeset: str) -> str:
    """instance('wards')/root/item[…] → wards"""
    return nodeset.partition("instance('")[2].partition("'")[0]


def _file(source: str | None) -> str:
    """jr://file-csv/facilities.csv → facilities.csv"""
    return (source or "").rpartition("/")[2]
