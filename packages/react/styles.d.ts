// For compilers that look for the types of an imported style sheet: it exports nothing.
// oxlint-disable-next-line unicorn/require-module-specifiers
export {}
