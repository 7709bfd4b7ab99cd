package api

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"

	"github.com/google/uuid"

	"github.com/rung-app/rung/internal/fault"
	"github.com/rung-app/rung/internal/tasks"
)

// AttachmentForm documents the form with which a file is attached.
type AttachmentForm struct {
	ID   uuid.UUID `json:"id,omitempty" doc:"Made by the client, so that the form may be sent again."`
	File string    `json:"file" format:"binary" doc:"The file. Its name is made safe; what it is is found out from its bytes."`
}

// AttachmentInput names a file of a task.
type AttachmentInput struct {
	TaskInput
	Attachment uuid.UUID `path:"attachment"`
}

func (h taskHandlers) attachments(ctx context.Context, in *taskPageInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	p, err := h.Tasks.Attachments(ctx, c, ws, in.Task, in.Page.of())
	return pageOf(ctx, p, err)
}

func (h taskHandlers) attachment(ctx context.Context, in *AttachmentInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	d, head, err := h.Tasks.Attachment(ctx, c, ws, in.Task, in.Attachment)
	if err != nil {
		return nil, err
	}
	return docOf(ctx, d, head), nil
}

// attach passes the file on while it comes. What else is in the form may come before it or behind.
func (h taskHandlers) attach(ctx context.Context, in *TaskInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	r := callOf(ctx).request
	if r.ContentLength > h.Tasks.MaxFile()+maxFormRest {
		return nil, errFileTooLarge()
	}
	parts, err := partsOf(r)
	if err != nil {
		return nil, err
	}
	form := attaching{rest: maxFormRest, receive: func(from io.Reader) (*tasks.Upload, error) {
		return h.Tasks.Receive(ctx, c, ws, in.Task, from)
	}}
	err = form.read(parts)
	if form.new.File != nil {
		defer form.new.File.Discard(ctx)
	}
	if err != nil {
		return nil, err
	}
	form.new.Task = in.Task
	w, err := h.Tasks.Attach(ctx, c, ws, form.new)
	return writtenOf(ctx, w, err)
}

// partsOf gives the parts of a form.
func partsOf(r *http.Request) (*multipart.Reader, error) {
	t, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == nil && t == "multipart/form-data" {
		if parts, err := r.MultipartReader(); err == nil {
			return parts, nil
		}
	}
	return nil, fault.New(fault.KindUnsupported, "unsupported-media-type", "The body must be multipart/form-data.")
}

// attaching is a form that is being read.
type attaching struct {
	receive func(io.Reader) (*tasks.Upload, error)
	rest    int64 // bytes that may come beside the file
	new     tasks.NewAttachment
}

func (f *attaching) read(parts *multipart.Reader) error {
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return formFault(err)
		}
		name, file := partNames(p)
		switch {
		case name == "file" && f.new.File == nil:
			f.new.Name = file
			if f.new.File, err = f.receive(partReader{p}); err != nil {
				return err
			}
		case name == "id" && f.new.ID == uuid.Nil:
			text, err := f.field(p)
			if err != nil {
				return err
			}
			if f.new.ID, err = uuid.Parse(text); err != nil || len(text) != 36 || f.new.ID == uuid.Nil {
				return fault.InvalidField("id", "must be a UUID")
			}
		case name == "file":
			return fault.InvalidField("file", "must be one file")
		case name == "id":
			return fault.InvalidField("id", "must be said once")
		default:
			return fault.InvalidField("body", "has a field that is none of this form's")
		}
	}
	if f.new.File == nil {
		return fault.InvalidField("file", "must be one file")
	}
	return nil
}

// field reads the value of a field that is no file.
func (f *attaching) field(p *multipart.Part) (string, error) {
	b, err := io.ReadAll(io.LimitReader(p, f.rest+1))
	if err != nil {
		return "", formFault(err)
	}
	if f.rest -= int64(len(b)); f.rest < 0 {
		return "", errTooLarge()
	}
	return string(b), nil
}

// partNames gives the name of a part and that of the file in it, as the client has it. A part that says that it is a file
// and has no name is one all the same.
func partNames(p *multipart.Part) (name, file string) {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	if err != nil {
		return "", ""
	}
	return params["name"], params["filename"]
}

// partReader says of a body that breaks off that it is the client's.
type partReader struct{ p *multipart.Part }

// Read implements io.Reader.
func (r partReader) Read(b []byte) (int, error) {
	n, err := r.p.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		err = formFault(err)
	}
	return n, err
}

func formFault(err error) error {
	if errors.Is(err, multipart.ErrMessageTooLarge) {
		return errTooLarge()
	}
	return bodyFault(err)
}

func errFileTooLarge() error {
	return fault.New(fault.KindTooLarge, "file-too-large", "The file is larger than files may be.")
}

func (h taskHandlers) deleteAttachment(ctx context.Context, in *AttachmentInput) (*struct{}, error) {
	c, ws := caller(ctx)
	head, err := h.Tasks.DeleteAttachment(ctx, c, ws, in.Task, in.Attachment)
	return gone(ctx, head, err)
}

func (h taskHandlers) restoreAttachment(ctx context.Context, in *AttachmentInput) (*jsonOutput, error) {
	c, ws := caller(ctx)
	w, err := h.Tasks.RestoreAttachment(ctx, c, ws, in.Task, in.Attachment)
	return writtenOf(ctx, w, err)
}

// FileAddress is where the bytes of a file are for a while.
type FileAddress struct {
	URL         string     `json:"url" doc:"Begins with a slash if nobody has told Rung its public address. It needs no token; whoever has it has the file."`
	Disposition string     `json:"disposition" enum:"inline,attachment" doc:"What browsers do with it. Only pictures, sound, films and plain text are shown, others saved."`
	ExpiresAt   tasks.Time `json:"expires_at"`
}

type addressInput struct {
	AttachmentInput
	Disposition string `query:"disposition" enum:"inline,attachment" default:"inline" doc:"attachment has it saved in any case."`
}

type addressOutput struct {
	Status int
	Body   FileAddress
}

const inline, saved = "inline", "attachment"

func (h taskHandlers) address(ctx context.Context, in *addressInput) (*addressOutput, error) {
	c, ws := caller(ctx)
	a, head, err := h.Tasks.AddressOf(ctx, c, ws, in.Task, in.Attachment, in.Disposition == inline)
	if err != nil {
		return nil, err
	}
	callOf(ctx).setHead(head.Epoch, head.Seq)
	out := FileAddress{URL: h.base() + Prefix + "/files/" + a.Token, Disposition: saved, ExpiresAt: tasks.Time(a.Expires.UTC())}
	if a.Inline {
		out.Disposition = inline
	}
	return &addressOutput{Status: http.StatusOK, Body: out}, nil
}

// base is what an address begins with.
func (a *API) base() string {
	if a.PublicURL != "" {
		return a.PublicURL
	}
	return a.BasePath
}
