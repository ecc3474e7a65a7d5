import type { ReactNode } from 'react';
import { Link as RouterLink, type LinkProps as RouterLinkProps } from 'react-router';
import { Icon, type IconName } from '../layout/icon.js';
import { classes } from '../style/classes.js';
import type { ButtonLook } from './button.js';
import buttonStyles from './button.module.css';

/** A link to another page of the console. */
export function Link(props: RouterLinkProps): ReactNode {
  return <RouterLink {...props} />;
}

interface ButtonLinkProps extends RouterLinkProps {
  readonly look?: ButtonLook;
  readonly icon?: IconName;
}

/** A link that looks like a button: it goes somewhere, and does nothing else. */
export function ButtonLink({ look = 'secondary', icon, className, children, ...rest }: ButtonLinkProps): ReactNode {
  const own = typeof className === 'string' ? className : undefined;
  return (
    <RouterLink {...rest} className={classes(buttonStyles.button, buttonStyles[look], own)}>
      {icon && <Icon name={icon} />}
      {children}
    </RouterLink>
  );
}

/** A link that leaves the console, in a new tab; the page there does not learn from where. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children} <Icon name="external" />
    </a>
  );
}
