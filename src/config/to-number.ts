import { Transform } from 'class-transformer';

/** Reads the text of an environment variable as a number; what is none is refused by the checks of the member. */
export const toNumber = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' ? Number(value) : value,
);
