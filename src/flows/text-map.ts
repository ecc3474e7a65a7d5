import { ValidateBy, buildMessage } from 'class-validator';

/** True for an object whose members are all texts. */
const isTextMap = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.values(value).every((member) => typeof member === 'string');

/** Validates that a member is an object of texts. */
export const IsTextMap = (): PropertyDecorator =>
  ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: isTextMap,
      defaultMessage: buildMessage((prefix) => `${prefix}$property must be an object whose values are strings`),
    },
  });
