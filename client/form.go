package client

import (
	"cmp"
	"io"
	"mime/multipart"
	"strconv"
)

// File is one that is uploaded. It is read once, so the request is never sent again.
type File struct {
	Name   string // as its sender calls it; "" is "file"
	Reader io.Reader
}

// form is a multipart form.
type form struct {
	fields []struct{ name, value string }
	files  []struct {
		name string
		File
	}
}

func (f *form) field(name string, value any, required bool) {
	text := ""
	switch v := value.(type) {
	case string:
		text = v
	case bool:
		if v {
			text = "true"
		}
	case int:
		if v != 0 {
			text = strconv.Itoa(v)
		}
	}
	if text != "" || required {
		f.fields = append(f.fields, struct{ name, value string }{name, text})
	}
}

func (f *form) file(name string, file File) {
	f.files = append(f.files, struct {
		name string
		File
	}{name, file})
}

// open gives the body as it is written. It ends with whoever reads it.
func (f *form) open() (body io.ReadCloser, contentType string) {
	body, sink := io.Pipe()
	w := multipart.NewWriter(sink)
	go func() { sink.CloseWithError(f.write(w)) }()
	return body, w.FormDataContentType()
}

func (f *form) write(w *multipart.Writer) error {
	for _, field := range f.fields {
		if err := w.WriteField(field.name, field.value); err != nil {
			return err
		}
	}
	for _, file := range f.files {
		part, err := w.CreateFormFile(file.name, cmp.Or(file.Name, "file"))
		if err != nil {
			return err
		}
		if file.Reader == nil {
			continue
		}
		if _, err := io.Copy(part, file.Reader); err != nil {
			return err
		}
	}
	return w.Close()
}
