/** What was typed on one page of getting in and is wanted on the next. It ends with the page. */
export const typed = { email: '' }
