/** Words of a wallet made for tests; it holds nothing anywhere. */
export const MNEMONIC =
  'foster creek inmate brave usual behave list flush science cloth use fish horn dragon blame include spend ecology embrace artefact stereo dawn voyage fetch'

export const COOKIES =
  'stel_ssid=sandbox-ssid; stel_dt=-180; stel_token=sandbox-token; stel_ton_token=sandbox-ton-token'
