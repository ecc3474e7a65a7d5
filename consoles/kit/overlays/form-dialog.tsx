import { useId, type ReactNode } from 'react';
import { Button } from '../actions/button.js';
import { ErrorNotice } from '../feedback/error-state.js';
import { Stack } from '../layout/stack.js';
import { useKitText } from '../messages/use-kit-text.js';
import { Dialog } from './dialog.js';

interface FormDialogProps {
  readonly title: string;
  /** The verb on the button that sends: "Save", "Bind". Without it there is nothing to send, only to read and to close. */
  readonly action?: string | undefined;
  readonly busy: boolean;
  /** Cannot be sent yet. */
  readonly disabled?: boolean;
  /** Why it could not be done, told above the fields. */
  readonly error?: unknown;
  /** The form says itself what is missing, in place of the browser. */
  readonly noValidate?: boolean;
  /** Checks and sends; closing afterwards is left to the caller. */
  readonly onSubmit: () => unknown;
  readonly onClose: () => void;
  readonly wide?: boolean;
  /** The fields. */
  readonly children: ReactNode;
}

/** A form in front of the page, with a way out and a button that sends it. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { action, busy, disabled = false, error, noValidate = false, onSubmit, onClose, children, ...dialog } = props;
  const t = useKitText();
  const id = useId();
  return (
    <Dialog
      {...dialog}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t(action === undefined ? 'close' : 'cancel')}</Button>
          {action !== undefined && (
            <Button type="submit" form={id} look="primary" busy={busy} disabled={disabled}>
              {action}
            </Button>
          )}
        </>
      }
    >
      <form
        id={id}
        noValidate={noValidate}
        onSubmit={(event) => {
          event.preventDefault();
          if (action !== undefined) onSubmit();
        }}
      >
        <Stack>
          {error !== undefined && error !== null && <ErrorNotice error={error} />}
          {children}
        </Stack>
      </form>
    </Dialog>
  );
}
