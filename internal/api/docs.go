package api

import _ "embed"

//go:embed docs/docs.html
var docsHTML string

//go:embed docs/docs.css
var docsCSS string

//go:embed docs/docs.js
var docsJS string

func docsPage() []byte   { return []byte(docsHTML) }
func docsStyle() []byte  { return []byte(docsCSS) }
func docsScript() []byte { return []byte(docsJS) }
