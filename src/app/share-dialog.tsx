export default function ShareDialog() {
	return null;
}
