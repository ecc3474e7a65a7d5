import type { ReactNode } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { NumberField } from '../../../../kit/fields/number-field.js';
import { Select } from '../../../../kit/fields/select.js';
import { Switch } from '../../../../kit/fields/switch.js';
import { durationText } from '../../../../kit/format/duration.js';
import { useLocale } from '../../../../kit/i18n/locale.js';
import { Panel } from '../../../../kit/layout/panel.js';
import { Columns } from '../../../../kit/layout/stack.js';
import { useText } from './messages/use-text.js';
import type { PolicyValues } from './policy-values.js';

/** What authenticators make where the choice is free. */
const DIGITS = ['6', '8'] as const;
const ALGORITHMS = ['SHA1', 'SHA256', 'SHA512'] as const;

type Count = 'otpPolicyLookAheadWindow' | 'otpPolicyPeriod' | 'otpPolicyInitialCounter';

/** How one-time codes are made, and which are taken. */
export function OtpPolicyPanel({ readOnly }: { readonly readOnly: boolean }): ReactNode {
  const t = useText();
  const { locale } = useLocale();
  const { register, control, formState } = useFormContext<PolicyValues>();
  const [type, digits, window, period] = useWatch({
    control,
    name: ['otpPolicyType', 'otpPolicyDigits', 'otpPolicyLookAheadWindow', 'otpPolicyPeriod'],
  });
  const timed = type === 'totp';
  const taken = timed && window >= 0 && period > 0 ? durationText((2 * window + 1) * period, locale) : undefined;
  const count = (name: Count, min: number, about: string): ReactNode => (
    <NumberField
      label={t(name)}
      description={about}
      error={formState.errors[name]?.message}
      min={min}
      disabled={readOnly}
      {...register(name, {
        valueAsNumber: true,
        validate: (value) => (Number.isSafeInteger(value) && value >= min && value < 1e9) || t('problem.from', { min }),
      })}
    />
  );
  return (
    <Panel title={t('otp')} description={t('otp.about')}>
      <Columns>
        <Select
          label={t('otpPolicyType')}
          description={t(`otpPolicyType.${type}.about`)}
          disabled={readOnly}
          choices={[
            { value: 'totp', label: t('otpPolicyType.totp') },
            { value: 'hotp', label: t('otpPolicyType.hotp') },
          ]}
          {...register('otpPolicyType')}
        />
        <Select
          label={t('otpPolicyAlgorithm')}
          description={t('otpPolicyAlgorithm.about')}
          disabled={readOnly}
          choices={ALGORITHMS.map((name) => ({ value: `Hmac${name}`, label: name.replace('SHA', 'SHA-') }))}
          {...register('otpPolicyAlgorithm')}
        />
        <Select
          label={t('otpPolicyDigits')}
          description={t('otpPolicyDigits.about')}
          disabled={readOnly}
          // A realm file may bring another number.
          choices={[...new Set([...DIGITS, digits])].map((value) => ({ value, label: value }))}
          {...register('otpPolicyDigits')}
        />
        {timed && count('otpPolicyPeriod', 1, t('otpPolicyPeriod.about'))}
        {count(
          'otpPolicyLookAheadWindow',
          0,
          [t(`otpPolicyLookAheadWindow.${type}`), taken && t('taken', { duration: taken })].filter(Boolean).join(' '),
        )}
        {!timed && count('otpPolicyInitialCounter', 0, t('otpPolicyInitialCounter.about'))}
      </Columns>
      {timed && (
        <Switch
          label={t('otpPolicyCodeReusable')}
          description={t('otpPolicyCodeReusable.about')}
          disabled={readOnly}
          {...register('otpPolicyCodeReusable')}
        />
      )}
    </Panel>
  );
}
