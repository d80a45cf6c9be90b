/** What pages with data share, beside the states of all pages. */
export const data = {
  opening: 'Opening Polar…',
  tryAgainNow: 'Try again now',
  tryAgainLater: 'You can try again when the countdown ends.',
  didYouMean: (page: string) => `Did you mean ${page}?`,
  notLoaded: 'Not loaded.',
  lastUpdated: (time: string) => `Last updated ${time}`,
  refresh: {
    refresh: 'Refresh',
    refreshing: 'Refreshing…',
    done: 'Just refreshed.',
    offline: "You're offline.",
    updatedNow: 'Updated just now',
    updated: (minutes: number) =>
      minutes < 60 ? `Updated ${minutes} min ago` : `Updated ${Math.floor(minutes / 60)} h ago`,
  },
  inBrackets: (text: string) => `(${text})`,
  notProvided: 'Not provided',
}
