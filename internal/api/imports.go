package api

import (
	"context"
	"errors"
	"mime/multipart"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/importer"
	"github.com/rung-app/rung/internal/tasks"
)

type importHandlers struct{ *API }

// ImportForm documents the form with which an import begins.
type ImportForm struct {
	Source     string    `json:"source" enum:"trello" doc:"The product that the file comes from."`
	File       string    `json:"file" format:"binary" doc:"Its export, up to 100 MiB."`
	Project    uuid.UUID `json:"project,omitempty" doc:"Into which project; by default the one that it was imported into before, or a new one."`
	Checklists string    `json:"checklists,omitempty" enum:"markdown,subtasks" doc:"What checklists become: task lists in the description (the default) or sub-tasks."`
	TimeZone   string    `json:"time_zone,omitempty" doc:"In which due times are written down; by default the user's."`
	DryRun     bool      `json:"dry_run,omitempty" doc:"Only find out what would be made, changed and lost."`
}

// Bounds of the form.
const (
	maxImport   = 100 << 20 // bytes of the file
	maxFormRest = 64 << 10  // bytes of everything else
	formMemory  = 1 << 20   // what is longer waits on the disk
)

type importOutput struct {
	Location string `header:"Location"`
	Body     importer.Import
}

func (h importHandlers) start(ctx context.Context, _ *struct{}) (*importOutput, error) {
	c, ws := importCaller(ctx)
	form, err := readForm(callOf(ctx).request)
	if err != nil {
		return nil, err
	}
	defer form.RemoveAll() //nolint:errcheck // the system empties its folder for temporary files by itself
	r, err := importRequest(form, c)
	if err != nil {
		return nil, err
	}
	file, err := form.File["file"][0].Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r.File = file
	i, err := h.Imports.Start(ctx, c, ws, r)
	return h.answer(ctx, i, err)
}

type importInput struct {
	Import uuid.UUID `path:"import"`
}

func (h importHandlers) get(ctx context.Context, in *importInput) (*importOutput, error) {
	c, ws := importCaller(ctx)
	i, err := h.Imports.Import(ctx, c, ws, in.Import)
	return h.answer(ctx, i, err)
}

func (h importHandlers) undo(ctx context.Context, in *importInput) (*importOutput, error) {
	c, ws := importCaller(ctx)
	i, err := h.Imports.Undo(ctx, c, ws, in.Import)
	return h.answer(ctx, i, err)
}

func (h importHandlers) answer(ctx context.Context, i importer.Import, err error) (*importOutput, error) {
	if err != nil {
		return nil, err
	}
	where := h.BasePath + Prefix + "/workspaces/" + callOf(ctx).Workspace.String() + "/imports/" + i.ID.String()
	return &importOutput{Location: where, Body: i}, nil
}

// importCaller is the caller under the scope that the routes ask for: a session has it too.
func importCaller(ctx context.Context) (tasks.Caller, uuid.UUID) {
	c, ws := caller(ctx)
	c.Import = true
	return c, ws
}

// readForm reads a multipart form with a file. Its caller removes it.
func readForm(r *http.Request) (*multipart.Form, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, maxImport+maxFormRest)
	err := r.ParseMultipartForm(formMemory)
	switch {
	case errors.Is(err, http.ErrNotMultipart), errors.Is(err, http.ErrMissingBoundary):
		return nil, fault.New(fault.KindUnsupported, "unsupported-media-type", "The body must be multipart/form-data.")
	case err != nil:
		if _, long := errors.AsType[*http.MaxBytesError](err); long || errors.Is(err, multipart.ErrMessageTooLarge) {
			return nil, fault.New(fault.KindTooLarge, "import-too-large", "The file is larger than 100 MiB.")
		}
		return nil, bodyFault(err)
	}
	return r.MultipartForm, nil
}

// importRequest reads the form's fields.
func importRequest(form *multipart.Form, c tasks.Caller) (importer.Request, error) {
	var r importer.Request
	var bad []fault.Field
	no := func(field, message string) { bad = append(bad, fault.Field{Field: field, Message: message}) }
	r.Choices.Zone = c.Zone
	for name, values := range form.Value {
		text := values[len(values)-1]
		var err error
		switch name {
		case "file": // as a text, which it must not be: see below
		case "source":
			r.Source = text
		case "checklists":
			r.Choices.Checklists = text
		case "project":
			if r.Project, err = uuid.Parse(text); err != nil {
				no(name, "must be the id of a project")
			}
		case "time_zone":
			if r.Choices.Zone, err = time.LoadLocation(text); err != nil || text == "Local" || text == "" {
				no(name, "must be an IANA time zone such as Europe/Berlin")
			}
		case "dry_run":
			if r.DryRun, err = strconv.ParseBool(text); err != nil {
				no(name, "must be true or false")
			}
		default:
			no(name, "is not a field of this form")
		}
	}
	if len(form.File["file"]) != 1 || len(form.File) != 1 {
		no("file", "must be one file")
	}
	if len(bad) > 0 {
		return r, fault.Invalid(bad...)
	}
	return r, nil
}
