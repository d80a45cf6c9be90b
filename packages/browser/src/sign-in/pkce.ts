/** Proof Key for Code Exchange (RFC 7636), with WebCrypto. */

/** 32 random bytes: 43 base64url characters. */
export function createCodeVerifier(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

/** S256 of the verifier (RFC 7636 §4.2): 43 base64url characters. */
export async function toCodeChallenge(codeVerifier: string, subtle: SubtleCrypto): Promise<string> {
  const octets = new TextEncoder().encode(codeVerifier)
  return toBase64Url(new Uint8Array(await subtle.digest('SHA-256', octets)))
}

function toBase64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes))
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
