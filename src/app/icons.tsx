import { Icon } from "./first-icons.tsx";

export const DownIcon = () => (
	<Icon size={14}>
		<path d="M4.5 7L9 11.5L13.5 7" strokeWidth="2" />
	</Icon>
);
export const ThemeIcon = () => (
	<Icon>
		<circle cx="9" cy="9" r="6.6" />
		<path d="M9 2.4A6.6 6.6 0 0 1 9 15.6Z" fill="currentColor" stroke="none" />
	</Icon>
);
export const HelpIcon = () => (
	<Icon>
		<circle cx="9" cy="9" r="6.8" />
		<path d="M6.9 7.1A2.1 2.1 0 1 1 9.6 9.1C9.1 9.3 9 9.6 9 10.2" />
		<path d="M9 12.6V12.7" strokeWidth="2" />
	</Icon>
);
export const ShareIcon = () => (
	<Icon>
		<path d="M9 11V2.5M5.8 5.4L9 2.4L12.2 5.4M4.5 8.5H3.5V15.5H14.5V8.5H13.5" />
	</Icon>
);
export const LockIcon = ({ open }: { readonly open: boolean }) => (
	<Icon size={16}>
		<rect x="3.5" y="8" width="11" height="7.5" rx="1.5" fill={open ? "none" : "currentColor"} />
		<path d={open ? "M6 8V5.5A3 3 0 0 1 11.6 4" : "M6 8V5.5A3 3 0 0 1 12 5.5V8"} />
	</Icon>
);
export const CopyIcon = () => (
	<Icon size={16}>
		<path d="M6.5 6.5H14.5V15H6.5ZM4.5 11.5H3.5V3H11.5V4" />
	</Icon>
);
export const SaveIcon = () => (
	<Icon size={16}>
		<path d="M9 2.5V11M5.5 8L9 11.4L12.5 8M3 15H15" />
	</Icon>
);
export const UndoIcon = () => (
	<Icon>
		<path d="M6 3L3 6L6 9M3.4 6H10.5A4 4 0 0 1 10.5 14H7" />
	</Icon>
);
export const RedoIcon = () => (
	<Icon>
		<path d="M12 3L15 6L12 9M14.6 6H7.5A4 4 0 0 0 7.5 14H11" />
	</Icon>
);
export const MenuIcon = () => (
	<Icon>
		<path d="M3 5H15M3 9H15M3 13H15" />
	</Icon>
);
export const FlagIcon = () => (
	<Icon size={16}>
		<path d="M4.5 16V2.5H13L10.8 5.8L13 9H4.5" />
	</Icon>
);
export const TickIcon = () => (
	<Icon size={16}>
		<path d="M3.5 9.5L7.5 13L14.5 5" strokeWidth="2.2" />
	</Icon>
);
export const CloseIcon = () => (
	<Icon>
		<path d="M4.5 4.5L13.5 13.5M13.5 4.5L4.5 13.5" />
	</Icon>
);
export const LeaveIcon = () => (
	<Icon size={16}>
		<path d="M7 3.5H3.5V14.5H14.5V11M10 3.5H14.5V8M14 4L8 10" />
	</Icon>
);
