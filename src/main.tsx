import "./app/theme/theme.css";
import { mount } from "./app/mount.tsx";

mount(document);
