import { define, setHome } from "./sdk.ts";

export { DeltaScopeElement, hostTheme, talkWith } from "./sdk.ts";

setHome(new URL("embed/", import.meta.url).href);
define();
