// Package web holds the built web app, or, where it has not been built, one page that says how to.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:dist placeholder
var built embed.FS

// Files gives the web app's files, index.html at the top.
func Files() (fs.FS, error) {
	dist, err := fs.Sub(built, "dist")
	if err != nil {
		return nil, err
	}
	if _, err := fs.Stat(dist, "index.html"); err == nil {
		return dist, nil
	}
	return fs.Sub(built, "placeholder")
}
