/** The nonce of this answer of index.html, which every style that scripts add must carry. */
export const cspNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
