import "./app/theme/theme.css";
import { firstIteration } from "virtual:first-iteration";
import { mount } from "./app/mount.tsx";
import { giveFirstIteration } from "./store/first-run.ts";

if (firstIteration !== null) giveFirstIteration(firstIteration);
void mount(document);
