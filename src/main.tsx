import "./app/theme/theme.css";
import { mount } from "./app/mount.tsx";

void mount(document);
