import { useState } from 'react';
import type { RegisterToolServer, ToolServerKind } from '../../api/types.js';
import { FormFrame, SelectInput, TextInput } from '../../shared/form.js';
import { ReferenceSelect, PickOne } from '../../shared/pick-one.js';
import { slugProblem } from '../../shared/slug.js';
import { ConnectionTest } from './connection-test.js';
import { KINDS, URL_MAX, urlProblem } from './tool-server-options.js';

const SLUG_MAX = 24;

/** Where a tool server is and whose. */
export const ToolServerInputs = ({
  onSubmit,
  isSubmitting,
  error,
}: {
  onSubmit: (server: RegisterToolServer) => void;
  isSubmitting: boolean;
  error: Error | null;
}) => {
  const [kind, setKind] = useState<ToolServerKind>('mcp');
  const [slug, setSlug] = useState('');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [openapiUrl, setOpenapiUrl] = useState('');
  const [ownerId, setOwnerId] = useState('');
  const [teamId, setTeamId] = useState('');
  const isRest = kind === 'rest';
  const tested = { kind, url, ...(isRest ? { openapiUrl } : {}) };
  const isTestable = [url, ...(isRest ? [openapiUrl] : [])].every(
    (address) => address !== '' && !urlProblem(address),
  );

  return (
    <FormFrame
      error={error}
      isSubmitting={isSubmitting}
      submit="Register and discover"
      problems={{
        slug: slugProblem(slug, SLUG_MAX),
        url: urlProblem(url),
        openapiUrl: isRest ? urlProblem(openapiUrl) : null,
      }}
      onSubmit={() =>
        onSubmit({
          slug,
          name: name.trim(),
          kind,
          url,
          ownerId,
          teamId,
          ...(isRest && openapiUrl !== '' ? { openapiUrl } : {}),
        })
      }
    >
      <SelectInput
        source="kind"
        label="Kind"
        value={kind}
        choices={KINDS}
        onChange={(id) => setKind(id as ToolServerKind)}
      />
      <TextInput
        source="slug"
        label="Slug"
        value={slug}
        onChange={setSlug}
        required
        maxLength={SLUG_MAX}
        hint="The first half of its tools’ names, in policies and for agents: slug/tool."
      />
      <TextInput
        source="name"
        label="Name"
        value={name}
        onChange={setName}
        required
        maxLength={100}
        hint="For people."
      />
      <TextInput
        source="url"
        label={isRest ? 'Base address of the service' : 'Streamable HTTP endpoint'}
        value={url}
        onChange={setUrl}
        required
        type="url"
        maxLength={URL_MAX}
        hint="Private addresses are reached only where the installation allows them."
      />
      {isRest && (
        <TextInput
          source="openapiUrl"
          label="Address of its OpenAPI document"
          value={openapiUrl}
          onChange={setOpenapiUrl}
          required
          type="url"
          maxLength={URL_MAX}
        />
      )}
      <ConnectionTest server={isTestable ? tested : null} />
      <PickOne
        source="ownerId"
        label="Owner"
        resource="people"
        value={ownerId}
        onChange={setOwnerId}
        hint="The person who answers for it."
      />
      <ReferenceSelect
        source="teamId"
        label="Team"
        resource="teams"
        value={teamId}
        onChange={setTeamId}
      />
    </FormFrame>
  );
};
