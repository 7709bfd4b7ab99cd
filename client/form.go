package client

import (
	"cmp"
	"errors"
	"io"
	"mime/multipart"
	"strconv"
)

// File is one that is uploaded. It is passed on while it is read and never held in memory. A reader that is an io.Seeker,
// as an *os.File is, is read from where it stands to where it ends now; the request is then sent again when it may be,
// and says how long it is, so that what is too large is refused at once. Any other reader is read once, so the request
// goes out once.
type File struct {
	Name   string // as its sender calls it; "" is "file"
	Reader io.Reader
}

// form is a multipart form.
type form struct {
	fields []struct{ name, value string }
	files  []*formFile

	body io.ReadCloser // as it was sent last
	done chan struct{} // closed when that one's files are not read any more
}

// formFile is a file in a form.
type formFile struct {
	name string
	File
	seek         io.Seeker // nil if it can be read once
	begins, size int64
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
	out := &formFile{name: name, File: file}
	if seek, ok := file.Reader.(io.Seeker); ok {
		begins, err := seek.Seek(0, io.SeekCurrent)
		end, err2 := seek.Seek(0, io.SeekEnd)
		if _, err3 := seek.Seek(begins, io.SeekStart); errors.Join(err, err2, err3) == nil { // a pipe is an *os.File too
			out.seek, out.begins, out.size = seek, begins, max(end-begins, 0)
		}
	}
	f.files = append(f.files, out)
}

// repeats reports whether the form can be written again.
func (f *form) repeats() bool {
	for _, file := range f.files {
		if file.Reader != nil && file.seek == nil {
			return false
		}
	}
	return true
}

// open gives the body as it is written, and its length in bytes, -1 if that is not known. It ends with whoever reads it.
func (f *form) open() (body io.ReadCloser, contentType string, length int64, err error) {
	f.rest()
	for _, file := range f.files {
		if file.seek != nil {
			if _, err := file.seek.Seek(file.begins, io.SeekStart); err != nil {
				return nil, "", 0, err
			}
		}
	}
	length = f.length()
	body, sink := io.Pipe()
	w := multipart.NewWriter(sink)
	done := make(chan struct{})
	go func() {
		defer close(done)
		sink.CloseWithError(f.write(w, true))
	}()
	f.body, f.done = body, done
	return body, w.FormDataContentType(), length, nil
}

// rest ends the writing of the form. Files that can be read again are not read any more when it is over.
func (f *form) rest() {
	if f.body == nil {
		return
	}
	f.body.Close()
	if f.repeats() {
		<-f.done
	}
}

// length is that of the form in bytes, -1 if it is not known. Every boundary has the same length.
func (f *form) length() int64 {
	if !f.repeats() {
		return -1
	}
	var n counter
	if f.write(multipart.NewWriter(&n), false) != nil {
		return -1
	}
	for _, file := range f.files {
		n += counter(file.size)
	}
	return int64(n)
}

// counter counts bytes.
type counter int64

// Write implements io.Writer.
func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// write writes the form, with what is in its files or as if they were empty.
func (f *form) write(w *multipart.Writer, whole bool) error {
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
		if file.Reader == nil || !whole {
			continue
		}
		if file.seek == nil {
			_, err = io.Copy(part, file.Reader)
		} else if _, err = io.CopyN(part, file.Reader, file.size); errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // it has become shorter meanwhile
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}
