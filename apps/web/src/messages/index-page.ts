/** The front door. */
export const indexPage = {
  index: {
    lead: 'See your products, orders, customers and revenue here. You choose what this app may do, and you can disconnect at any time.',
    continueTo: (page: string) => `Connect to continue to ${page}.`,
    question: 'What do you want to connect?',
    organization: 'An organization',
    organizationHint: 'Recommended. The app sees one organization that you pick.',
    user: 'My user account',
    userHint: 'The app sees what you can see.',
    asksFor: 'This app will ask to',
    confirmAtPolar: "You'll confirm on polar.sh.",
    confirmAtSandbox: "You'll confirm on sandbox.polar.sh.",
    confirmAtEmulator: "You'll confirm on a local copy of Polar. No account needed.",
    open: 'Open dashboard',
    another: 'Connect a different organization',
    devHint: 'Is the dev command still running?',
  },
  notSetUp: {
    title: "This app isn't set up yet",
    text: 'The people who run Polar Connect need to give it its keys from Polar.',
  },
}
