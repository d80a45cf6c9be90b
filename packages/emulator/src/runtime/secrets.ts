/** Secrets in Polar's form: a prefix, 37 random characters and a checksum. */
import { randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

export type SecretPrefix =
  | 'polar_ci_'
  | 'polar_cs_'
  | 'polar_crt_'
  | 'polar_ac_'
  | 'polar_at_u_'
  | 'polar_at_o_'
  | 'polar_rt_u_'
  | 'polar_rt_o_'
  | 'polar_c_'

/** The checksum is the CRC-32 of the random part, as six characters in base 62. */
export function createSecret(prefix: SecretPrefix): string {
  const random = Array.from({ length: 37 }, () => ALPHABET[randomInt(62)]).join('')
  let checksum = crc32(random)
  let suffix = ''
  for (let digit = 0; digit < 6; digit += 1) {
    suffix = `${ALPHABET[checksum % 62]}${suffix}`
    checksum = Math.floor(checksum / 62)
  }
  return prefix + random + suffix
}

const SECRET = /\b(polar_(?:ac|at_[uo]|rt_[uo]|cs|crt|c)_)[0-9A-Za-z]{8,}([0-9A-Za-z]{4})\b/g
/** Secrets without a Polar prefix: the PKCE verifier, and client secrets of another form. */
const NAMED = /\b(code_verifier=|client_secret=|Basic )(?!polar_)[^&"\s']+/g
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g

/** Cuts each secret in `text` to its prefix and its last four characters. */
export function maskSecrets(text: string): string {
  return text.replace(SECRET, '$1…$2').replace(JWT, 'eyJ…').replace(NAMED, '$1…')
}
