import { formatNumber } from "../../explain/number-text.ts";
import { type CsvForm, type CsvTable, SEPARATORS } from "../../formats/import/csv.ts";
import { ROLES, type Role } from "../../formats/import/csv-samples.ts";
import { useText } from "../../store/hooks.ts";
import { Segmented } from "../segmented.tsx";
import styles from "./import.module.css";

const SHOWN = 5;

interface CsvPartProps {
	readonly table: CsvTable;
	readonly roles: readonly Role[];
	/** What becomes of the net, as a sentence; empty while the columns' roles do not go together. */
	readonly told: string;
	readonly onForm: (form: CsvForm) => void;
	readonly onRoles: (roles: readonly Role[]) => void;
}

/** How a table was understood, to be seen and put right. */
export function CsvPart({ table, roles, told, onForm, onRoles }: CsvPartProps) {
	const { csv } = useText().imports;
	const { form, columns, rows } = table;
	const shown = rows.slice(0, SHOWN);
	return (
		<section className={styles.csv}>
			<div className={styles.row}>
				<label>
					{csv.separator}{" "}
					<select
						value={form.separator}
						onChange={(event) => {
							const separator = SEPARATORS.find((mark) => mark === event.target.value) ?? ",";
							onForm({ ...form, separator, decimal: separator === "," ? "." : form.decimal });
						}}
					>
						{SEPARATORS.map((mark) => (
							<option key={mark} value={mark}>
								{csv.separators[mark]}
							</option>
						))}
					</select>
				</label>
				<span>{csv.decimal}</span>
				<Segmented
					label={csv.decimal}
					options={[
						{ value: ".", text: csv.point },
						{ value: ",", text: csv.comma },
					]}
					value={form.decimal}
					onChoose={(mark) => onForm({ ...form, decimal: mark === "," ? "," : "." })}
				/>
				<label className={styles.check}>
					<input
						type="checkbox"
						checked={form.header}
						onChange={(event) => onForm({ ...form, header: event.target.checked })}
					/>
					{csv.header}
				</label>
			</div>
			<div className={styles.preview}>
				<table>
					<caption>{csv.preview(String(shown.length), formatNumber(rows.length))}</caption>
					<thead>
						<tr>
							{columns.map(({ name }, column) => (
								// biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place
								<th key={column} scope="col" data-role={roles[column]}>
									<span title={name}>{name}</span>
									<select
										aria-label={csv.roleOf(name)}
										value={roles[column]}
										onChange={(event) => {
											const role = ROLES.find((one) => one === event.target.value) ?? "none";
											onRoles(withRole(roles, column, role));
										}}
									>
										{ROLES.map((role) => (
											<option key={role} value={role}>
												{csv.roles[role]}
											</option>
										))}
									</select>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{shown.map(({ line, cells }) => (
							<tr key={line}>
								{cells.map((cell, column) => (
									// biome-ignore lint/suspicious/noArrayIndexKey: columns have no other identity than their place
									<td key={column} data-role={roles[column]}>
										{cell}
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</div>
			{told !== "" && <p>{told}</p>}
		</section>
	);
}

/** A class stands alone: what was a class or a target gives way to it, and it to a target. */
function withRole(roles: readonly Role[], column: number, role: Role): readonly Role[] {
	return roles.map((own, place) => {
		if (place === column) return role;
		const displaced = role === "class" ? own === "class" || own === "target" : role === "target" && own === "class";
		return displaced ? "none" : own;
	});
}
