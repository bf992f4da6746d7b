/** What `/web/modules/preact.js` is: served from the packages, so only its types stand here. */
export * from "htm/preact";
