/** Loaded by whom it concerns: a sandbox without a chain starts without it. */
export const loadEthers = () => import('ethers')
