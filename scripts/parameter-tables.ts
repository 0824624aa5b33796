// Writes the tables of parameters into docs/embedding.md.
import { readFileSync, writeFileSync } from "node:fs";
import { parameterTables } from "../src/formats/link/parameter-table.ts";

const file = "docs/embedding.md";
const guide = readFileSync(file, "utf8");
const [START, END] = ["<!-- parameters -->\n", "<!-- end of parameters -->"];
const [before] = guide.split(START);
const after = guide.slice(guide.indexOf(END));
writeFileSync(file, `${before}${START}\n${parameterTables()}\n\n${after}`);
