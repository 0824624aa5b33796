import "./app/theme/theme.css";
import { mount } from "./app/mount.tsx";

/** The whole page as one file: `/v1/deltascope-full.html`, which opens by a double click. */
void mount(document);
