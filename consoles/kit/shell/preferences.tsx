import type { ReactNode } from 'react';
import { LOCALE_NAMES, LOCALES, useLocale } from '../i18n/locale.js';
import { useKitText } from '../messages/use-kit-text.js';
import { Menu } from '../overlays/menu.js';
import { THEMES, useTheme } from '../theme/theme.js';

/** Language and appearance, remembered by this browser. */
export function Preferences(): ReactNode {
  const t = useKitText();
  const { locale, choose } = useLocale();
  const [theme, chooseTheme] = useTheme();
  return (
    <>
      <Menu
        compact
        icon="language"
        label={t('language')}
        entries={LOCALES.map((one) => ({
          label: LOCALE_NAMES[one],
          current: one === locale,
          onAction: () => choose(one),
        }))}
      />
      <Menu
        compact
        icon={theme === 'dark' ? 'dark' : 'light'}
        label={t('theme')}
        entries={THEMES.map((one) => ({
          label: t(`theme.${one}`),
          current: one === theme,
          onAction: () => chooseTheme(one),
        }))}
      />
    </>
  );
}
