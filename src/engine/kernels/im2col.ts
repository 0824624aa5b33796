/**
 * A window's way over an image: sizes of one image `[channels, spatial…]` and of its columns
 * `[channels · Π kernel, Π out]`. Row (c, k…) of the columns holds, for every place of the window, what lies under the
 * kernel's element k… of channel c; padding is 0.
 */
export interface WindowGeometry {
	readonly channels: number;
	readonly image: readonly number[];
	readonly out: readonly number[];
	readonly kernel: readonly number[];
	readonly stride: readonly number[];
	readonly pad: readonly number[];
	readonly dilation: readonly number[];
}

const productOf = (sizes: readonly number[]) => sizes.reduce((product, size) => product * size, 1);

export function imageSize(geometry: WindowGeometry): number {
	return geometry.channels * productOf(geometry.image);
}

export function columnRows(geometry: WindowGeometry): number {
	return geometry.channels * productOf(geometry.kernel);
}

export function columnCount(geometry: WindowGeometry): number {
	return productOf(geometry.out);
}

/** Places of a window along one axis that lie inside the image: `first … end − 1`. */
function firstInside(offset: number, stride: number): number {
	return offset >= 0 ? 0 : Math.ceil(-offset / stride);
}

function endInside(offset: number, stride: number, size: number, out: number): number {
	return Math.max(0, Math.min(out, Math.floor((size - 1 - offset) / stride) + 1));
}

/** One image as columns. `columns` is overwritten. */
export function im2col(image: Float64Array, columns: Float64Array, geometry: WindowGeometry): void {
	if (geometry.image.length === 2) im2col2d(image, columns, geometry);
	else
		walk(geometry, (element, place) => {
			columns[place] = element < 0 ? 0 : image[element];
		});
}

/** Adds every column's element to the image's element that it was taken from: the adjoint of {@link im2col}. */
export function addCol2im(columns: Float64Array, image: Float64Array, geometry: WindowGeometry): void {
	if (geometry.image.length === 2) addCol2im2d(columns, image, geometry);
	else
		walk(geometry, (element, place) => {
			if (element >= 0) image[element] += columns[place];
		});
}

function im2col2d(
	image: Float64Array,
	columns: Float64Array,
	{ channels, image: [height, width], out: [outHeight, outWidth], kernel, stride, pad, dilation }: WindowGeometry,
): void {
	const [strideY, strideX] = stride;
	let row = 0;
	for (let channel = 0; channel < channels; channel++) {
		const plane = channel * height * width;
		for (let ky = 0; ky < kernel[0]; ky++) {
			const offsetY = ky * dilation[0] - pad[0];
			const firstY = firstInside(offsetY, strideY);
			const endY = endInside(offsetY, strideY, height, outHeight);
			for (let kx = 0; kx < kernel[1]; kx++) {
				const offsetX = kx * dilation[1] - pad[1];
				const firstX = firstInside(offsetX, strideX);
				const endX = endInside(offsetX, strideX, width, outWidth);
				if (firstY > 0 || endY < outHeight || firstX > 0 || endX < outWidth)
					columns.fill(0, row, row + outHeight * outWidth);
				for (let y = firstY; y < endY; y++) {
					let from = plane + (y * strideY + offsetY) * width + firstX * strideX + offsetX;
					let to = row + y * outWidth + firstX;
					for (let x = firstX; x < endX; x++) {
						columns[to] = image[from];
						to++;
						from += strideX;
					}
				}
				row += outHeight * outWidth;
			}
		}
	}
}

function addCol2im2d(
	columns: Float64Array,
	image: Float64Array,
	{ channels, image: [height, width], out: [outHeight, outWidth], kernel, stride, pad, dilation }: WindowGeometry,
): void {
	const [strideY, strideX] = stride;
	let row = 0;
	for (let channel = 0; channel < channels; channel++) {
		const plane = channel * height * width;
		for (let ky = 0; ky < kernel[0]; ky++) {
			const offsetY = ky * dilation[0] - pad[0];
			const firstY = firstInside(offsetY, strideY);
			const endY = endInside(offsetY, strideY, height, outHeight);
			for (let kx = 0; kx < kernel[1]; kx++) {
				const offsetX = kx * dilation[1] - pad[1];
				const firstX = firstInside(offsetX, strideX);
				const endX = endInside(offsetX, strideX, width, outWidth);
				for (let y = firstY; y < endY; y++) {
					let to = plane + (y * strideY + offsetY) * width + firstX * strideX + offsetX;
					let from = row + y * outWidth + firstX;
					for (let x = firstX; x < endX; x++) {
						image[to] += columns[from];
						from++;
						to += strideX;
					}
				}
				row += outHeight * outWidth;
			}
		}
	}
}

/** Any number of spatial axes: element of the image (−1 in the padding) for each place of the columns, in their order. */
function walk(geometry: WindowGeometry, visit: (element: number, place: number) => void): void {
	const rows = columnRows(geometry);
	const count = columnCount(geometry);
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < count; column++) visit(elementUnder(geometry, row, column), row * count + column);
	}
}

/** The image's element that lies in a row and column of the columns; −1 for padding. */
export function elementUnder(geometry: WindowGeometry, row: number, column: number): number {
	const { image, kernel, out, stride, pad, dilation } = geometry;
	let element = 0;
	let size = 1;
	let tap = row;
	let place = column;
	for (let axis = image.length - 1; axis >= 0; axis--) {
		const at = (place % out[axis]) * stride[axis] - pad[axis] + (tap % kernel[axis]) * dilation[axis];
		if (at < 0 || at >= image[axis]) return -1;
		element += at * size;
		size *= image[axis];
		tap = Math.floor(tap / kernel[axis]);
		place = Math.floor(place / out[axis]);
	}
	return tap * size + element;
}

/** Where in the columns an element of the image lies, row by row: `[row, column]` of each window that covers it. */
export function windowsOver(
	geometry: WindowGeometry,
	element: number,
): readonly (readonly [row: number, column: number])[] {
	const { image, kernel } = geometry;
	const plane = productOf(image);
	const channel = Math.floor(element / plane);
	const taps = productOf(kernel);
	return Array.from({ length: taps }, (_, tap) => tap).flatMap((tap) => {
		const column = columnOver(geometry, element % plane, tap);
		return column < 0 ? [] : [[channel * taps + tap, column] as const];
	});
}

/** The place of the window whose kernel element `tap` lies over a place of the plane; −1 where there is none. */
function columnOver({ image, kernel, out, stride, pad, dilation }: WindowGeometry, place: number, tap: number): number {
	let column = 0;
	let size = 1;
	let restPlace = place;
	let restTap = tap;
	for (let axis = image.length - 1; axis >= 0; axis--) {
		const distance = (restPlace % image[axis]) + pad[axis] - (restTap % kernel[axis]) * dilation[axis];
		const window = distance / stride[axis];
		if (!Number.isInteger(window) || window < 0 || window >= out[axis]) return -1;
		column += window * size;
		size *= out[axis];
		restPlace = Math.floor(restPlace / image[axis]);
		restTap = Math.floor(restTap / kernel[axis]);
	}
	return column;
}
