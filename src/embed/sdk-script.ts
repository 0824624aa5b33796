import { DeltaScopeElement, define, hostTheme, talkWith } from "./sdk.ts";

define();
Object.assign(globalThis, { deltascope: { DeltaScopeElement, hostTheme, talkWith } });
