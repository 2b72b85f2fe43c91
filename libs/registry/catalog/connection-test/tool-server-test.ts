import { Inject, Injectable } from '@nestjs/common';
import { identifyServer, OUTBOUND, type Outbound } from '#libs/engine/upstream';
import { DomainError, withTimeout } from '#libs/platform/kernel';
import type { z } from 'zod';
import {
  CLIENT,
  discoveredOverMcp,
  discoveredOverRest,
  type Offer,
} from '../discovery/discovered-tools.js';
import { printable, validateTools } from '../discovery/validate-tools.js';
import { checkAddress, checkOpenapiUrl } from '../outbound-address.js';
import { TestLimits } from './test-limits.js';
import type { testToolServerSchema, toolServerTestSchema } from './tool-server-test.schemas.js';

type Input = z.infer<typeof testToolServerSchema>;
type Found = z.infer<typeof toolServerTestSchema>;

const WHOLE_TEST_MS = 20_000;
const MAX_SHOWN = 20;
/** For a tool server that has no slug yet: the longest that it can have. */
const SOME_SLUG = 'x'.repeat(24);

const NOTHING: Found = {
  ok: false,
  problem: null,
  protocolVersion: null,
  serverName: null,
  serverVersion: null,
  toolCount: 0,
  leftOutCount: 0,
  leftOut: [],
};

/** Asks an address as discovery would, before anything is registered. Nothing of it is kept. */
@Injectable()
export class ToolServerTest {
  readonly #limits = new TestLimits();

  constructor(@Inject(OUTBOUND) private readonly outbound: Outbound) {}

  /** @throws DomainError `invalid_input` for an address out of bounds, `rate_limited` */
  async run(personId: string, input: Input): Promise<Found> {
    const url = checkAddress(this.outbound, 'url', input.url);
    const openapiUrl = checkOpenapiUrl(this.outbound, input);
    return this.#limits.within(personId, Date.now(), async () => {
      const found = { ...NOTHING };
      try {
        await withTimeout(WHOLE_TEST_MS, this.#ask(input, { url, openapiUrl }, found));
        return { ...found, ok: true };
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return { ...found, problem: printable(error.message) };
      }
    });
  }

  async #ask(
    { slug = SOME_SLUG }: Input,
    { url, openapiUrl }: { url: string; openapiUrl: string | null },
    found: Found,
  ): Promise<void> {
    if (openapiUrl === null) Object.assign(found, await this.#identify(url));
    const offer =
      openapiUrl === null
        ? await discoveredOverMcp(this.outbound, url)
        : await discoveredOverRest(this.outbound, { openapiUrl, baseUrl: url, slug });
    Object.assign(found, await countTools(slug, offer));
  }

  async #identify(url: string) {
    const { name, version, protocolVersion } = await identifyServer(this.outbound, url, CLIENT);
    return {
      protocolVersion,
      serverName: name === null ? null : printable(name),
      serverVersion: version === null ? null : printable(version),
    };
  }
}

const countTools = async (slug: string, offer: Offer) => {
  const { usable, rejected } = await validateTools(slug, offer.tools);
  const leftOut = [...rejected, ...offer.rejected].map(({ name, reason }) => ({
    name: printable(name),
    reason: printable(reason),
  }));
  return {
    toolCount: usable.length,
    leftOutCount: leftOut.length,
    leftOut: leftOut.slice(0, MAX_SHOWN),
  };
};
