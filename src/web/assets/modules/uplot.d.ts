/** What `/web/modules/uplot.js` is: served from the package, so only its types stand here. */
export { default } from "uplot";
