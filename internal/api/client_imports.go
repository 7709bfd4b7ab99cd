package api

import (
	"cmp"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/rung-app/rung/internal/importer"
)

// ImportRequest asks for an import.
type ImportRequest struct {
	Source     string
	Name       string // of the file
	File       io.Reader
	Project    string // into which; empty for the one that the source was imported into before, or a new one
	Checklists string
	TimeZone   string
	DryRun     bool
}

// StartImport uploads a file. The answer comes once it is read; whether the import is finished, Import tells.
func (c *Client) StartImport(ctx context.Context, workspace string, r ImportRequest) (importer.Import, error) {
	body, sink := io.Pipe()
	form := multipart.NewWriter(sink)
	go func() { sink.CloseWithError(r.write(form)) }()
	defer body.Close()
	var i importer.Import
	err := c.call(ctx, http.MethodPost, importsOf(workspace), form.FormDataContentType(), body, &i)
	return i, err
}

// write puts the fields in front of the file, so that a server can refuse them before it has read that.
func (r ImportRequest) write(form *multipart.Writer) error {
	dry := ""
	if r.DryRun {
		dry = "true"
	}
	for _, f := range []struct{ name, value string }{
		{"source", r.Source}, {"project", r.Project}, {"checklists", r.Checklists}, {"time_zone", r.TimeZone}, {"dry_run", dry},
	} {
		if f.value == "" {
			continue
		}
		if err := form.WriteField(f.name, f.value); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile("file", cmp.Or(r.Name, "file"))
	if err != nil {
		return err
	}
	if _, err := io.Copy(part, r.File); err != nil {
		return err
	}
	return form.Close()
}

// Import gives how far an import has come.
func (c *Client) Import(ctx context.Context, workspace, id string) (importer.Import, error) {
	var i importer.Import
	err := c.call(ctx, http.MethodGet, importsOf(workspace)+"/"+url.PathEscape(id), "", nil, &i)
	return i, err
}

func importsOf(workspace string) string {
	return "/workspaces/" + url.PathEscape(workspace) + "/imports"
}
