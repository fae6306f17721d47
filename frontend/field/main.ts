// The phone app.
import "./field.scss";
