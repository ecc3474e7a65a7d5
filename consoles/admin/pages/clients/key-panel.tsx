import { useQuery } from '@tanstack/react-query';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../../kit/actions/button.js';
import { ErrorNotice } from '../../../kit/feedback/error-state.js';
import { Skeleton } from '../../../kit/feedback/loading.js';
import { Notice } from '../../../kit/feedback/notice.js';
import { Field } from '../../../kit/fields/field.js';
import { Select } from '../../../kit/fields/select.js';
import { pemOf } from '../../../kit/format/pem.js';
import { Panel } from '../../../kit/layout/panel.js';
import { Row, Stack } from '../../../kit/layout/stack.js';
import { ConfirmDialog } from '../../../kit/overlays/confirm-dialog.js';
import { saveFile } from '../../save-file.js';
import { useMay } from '../../who-am-i.js';
import { useClient, useClientApi, useClientDeed, useClientKey } from './use-client.js';
import { useText } from './messages/use-text.js';

/** Name under which keys for signed JWTs are kept. */
const KEY = '/certificates/jwt.credential';
const FORMATS = ['Certificate PEM', 'Public Key PEM', 'JSON Web Key Set'] as const;

interface KeyInfo {
  readonly certificate?: string;
  readonly publicKey?: string;
  readonly jwks?: string;
  /** Only in the answer to "generate". */
  readonly privateKey?: string;
}

/** The key with which the client signs who it is. The private half is handed out once and kept nowhere. */
export function KeyPanel(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const { clientId } = useClient();
  const mayManage = useMay()('manage-clients');
  const [asks, setAsks] = useState(false);
  const info = useQuery({
    queryKey: [...useClientKey(), 'key'],
    queryFn: ({ signal }) => api.get<KeyInfo>(KEY, {}, signal),
  });
  const generate = useClientDeed(async () => {
    const { value } = await api.post<KeyInfo>(`${KEY}/generate`);
    saveFile(`${clientId}-private-key.pem`, 'application/x-pem-file', pemOf('PRIVATE KEY', value.privateKey ?? ''));
  }, t('key.generated'));
  const { certificate, publicKey, jwks } = info.data ?? {};
  return (
    <Panel title={t('key')} description={t('keyAbout')}>
      <Stack>
        {info.error ? (
          <ErrorNotice error={info.error} onRetry={() => void info.refetch()} />
        ) : info.data ? (
          <Notice kind={certificate || publicKey || jwks ? 'success' : 'warning'}>
            {certificate ? t('key.certificate') : publicKey ? t('key.publicKey') : jwks ? t('key.jwks') : t('key.none')}
          </Notice>
        ) : (
          <Skeleton lines={1} />
        )}
        <Row>
          {mayManage && (
            <Button icon="key" onClick={() => setAsks(true)}>
              {t('key.generate')}
            </Button>
          )}
          {certificate !== undefined && (
            <Button
              icon="export"
              onClick={() => saveFile(`${clientId}.pem`, 'application/x-pem-file', pemOf('CERTIFICATE', certificate))}
            >
              {t('key.download')}
            </Button>
          )}
        </Row>
        {mayManage && <KeyUpload />}
      </Stack>
      {asks && (
        <ConfirmDialog
          title={t('key.generateTitle')}
          action={t('key.generate')}
          onConfirm={() => generate.mutateAsync()}
          onClose={() => setAsks(false)}
        >
          <p>{t('key.generateAbout')}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function KeyUpload(): ReactNode {
  const t = useText();
  const api = useClientApi();
  const form = useId();
  const [format, setFormat] = useState<string>(FORMATS[0]);
  const [file, setFile] = useState<File>();
  const upload = useClientDeed(async (chosen: File) => {
    const body = new FormData();
    body.append('keystoreFormat', format);
    body.append('file', chosen);
    await api.post(`${KEY}/upload-certificate`, body);
  }, t('key.uploaded'));
  return (
    <form
      aria-labelledby={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file) upload.mutate(file);
      }}
    >
      <Stack>
        <h3 id={form}>{t('key.upload')}</h3>
        {upload.error && <ErrorNotice error={upload.error} />}
        <Select
          label={t('key.format')}
          value={format}
          choices={FORMATS.map((value) => ({ value, label: t(`key.format.${value}`) }))}
          onChange={({ currentTarget }) => setFormat(currentTarget.value)}
        />
        <Field label={t('key.file')}>
          {(ids) => <input {...ids} type="file" onChange={({ currentTarget }) => setFile(currentTarget.files?.[0])} />}
        </Field>
        <Row>
          <Button type="submit" icon="import" disabled={!file} busy={upload.isPending}>
            {t('key.upload')}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
