import type { SolverSettings } from "../../engine/specification.ts";
import { applyEdit } from "../../store/edits.ts";
import { useSettings, useText } from "../../store/hooks.ts";
import {
	type NumberSetting,
	POLICIES,
	POLICY_FIELDS,
	SOLVER_LIMITS,
	withPolicy,
	withSolver,
} from "../../store/solver-edits.ts";
import type { Structure } from "../../timeline/structure.ts";
import { Select, Switch } from "./controls.tsx";
import styles from "./editor.module.css";
import { MultiplierTable } from "./multiplier-table.tsx";
import { settingSymbol } from "./names.ts";
import { NumberField } from "./number-field.tsx";
import { RefusalArea } from "./refusal.tsx";
import { StepValuesField } from "./step-values-field.tsx";

interface SolverSectionProps {
	readonly structure: Structure;
	readonly settings: SolverSettings;
	/** The iteration from which a change holds. */
	readonly iteration: number;
}

/** A norm that every gradient of the small nets exceeds now and then, to begin with. */
const USUAL_BOUND = 1;

/** The solver's settings in force, and what they do to each parameter. */
export function SolverSection({ structure, settings, iteration }: SolverSectionProps) {
	const { editor } = useText();
	const texts = editor.solver;
	const notation = useSettings((page) => page.notation);
	const commit = (change: Partial<SolverSettings>) =>
		applyEdit((experiment) => withSolver(experiment, iteration, change));
	const field = (setting: NumberSetting, label: string, symbol?: string) => (
		<NumberField
			key={setting}
			label={label}
			{...(symbol === undefined ? {} : { symbol })}
			whole={SOLVER_LIMITS[setting].whole ?? false}
			value={settings[setting]}
			onCommit={(value) => commit({ [setting]: value })}
		/>
	);
	const clips = settings.clipGradients >= 0;
	return (
		<RefusalArea>
			<div className={styles.fields}>
				{field("baseLr", texts.rate, settingSymbol(structure, notation, "baseLr"))}
				<Select
					label={texts.policy}
					value={settings.lrPolicy}
					options={POLICIES.map((value) => ({ value, text: texts.policies[value] }))}
					note={texts.policyNotes[settings.lrPolicy]}
					onChoose={(policy) => applyEdit((experiment) => withPolicy(experiment, iteration, policy))}
				/>
				{POLICY_FIELDS[settings.lrPolicy].map((setting) =>
					setting === "stepValues" ? (
						<StepValuesField
							key={setting}
							values={settings.stepValues}
							onCommit={(stepValues) => commit({ stepValues })}
						/>
					) : (
						field(setting, texts[setting])
					),
				)}
				{field("momentum", texts.momentum, settingSymbol(structure, notation, "momentum"))}
				{field("weightDecay", texts.decay, settingSymbol(structure, notation, "weightDecay"))}
				<Switch
					label={texts.decayKind}
					value={settings.regularization}
					options={[
						{ value: "L2", text: "L2" },
						{ value: "L1", text: "L1" },
					]}
					onChoose={(regularization) => commit({ regularization })}
				/>
				{field("iterSize", texts.iterSize)}
				<Switch
					label={texts.clip}
					value={clips ? "on" : "off"}
					options={[
						{ value: "off", text: texts.off },
						{ value: "on", text: texts.on },
					]}
					onChoose={(value) => commit({ clipGradients: value === "on" ? USUAL_BOUND : -1 })}
				/>
				{clips && field("clipGradients", texts.clipBound)}
			</div>
			<MultiplierTable structure={structure} />
		</RefusalArea>
	);
}
