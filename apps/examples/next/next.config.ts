// Polar's lists end in a slash, and no call of the BFF may be redirected.
export default { cacheComponents: true, partialPrefetching: true, skipTrailingSlashRedirect: true }
