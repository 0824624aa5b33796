import type { Catalogue } from "../catalogue.ts";
import { app } from "./app.ts";
import { batch } from "./batch.ts";
import { common } from "./common.ts";
import { editor } from "./editor.ts";
import { exporting } from "./export.ts";
import { imports } from "./import.ts";
import { layers } from "./layers.ts";
import { ledger } from "./ledger.ts";
import { marks } from "./marks.ts";
import { matrix } from "./matrix.ts";
import { picture } from "./picture.ts";
import { presets } from "./presets.ts";
import { problems } from "./problems.ts";
import { scenes } from "./scenes.ts";
import { share } from "./share.ts";
import { stage } from "./stage.ts";
import { tables } from "./tables.ts";

export const zh: Catalogue = {
	app,
	batch,
	common,
	marks,
	matrix,
	stage,
	layers,
	ledger,
	picture,
	presets,
	scenes,
	editor,
	exporting,
	imports,
	problems,
	share,
	tables,
};
