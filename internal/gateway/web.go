package gateway

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// web serves the built web app from memory. Files below assets/ have a hash of their content in their name and never
// change; everything else is asked for again each time. A path that is no file is a route of the app: index.html.
type web struct {
	files map[string]*file
	index *file
}

type file struct {
	name    string
	body    []byte
	packed  []variant // what the build has compressed it to, the smallest first
	tag     string
	kind    string
	forever bool
}

// variant is a file as a content coding has it.
type variant struct {
	coding string
	body   []byte
}

// codings are the endings of what the build compresses, and how HTTP calls them.
var codings = map[string]string{".br": "br", ".gz": "gzip"}

// policy lets the web app load from where it came and nowhere else.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; " +
	"connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"

// baseTag is where the page says which path it is under, as it is built.
const baseTag = `<base href="/">`

// kind is the content type of a file, whatever the machine's own list of types says of what the app has.
func kind(ext string) string {
	switch ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".webmanifest":
		return "application/manifest+json"
	case ".woff2":
		return "font/woff2"
	}
	return mime.TypeByExtension(ext)
}

func newWeb(files fs.FS, base string) (*web, error) {
	w := &web{files: map[string]*file{}}
	packed := map[string][]variant{}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(d.Name(), ".")
		if err == nil && hidden && d.IsDir() {
			return fs.SkipDir
		}
		if err != nil || hidden || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if name == "index.html" && base != "" {
			if !bytes.Contains(body, []byte(baseTag)) {
				return errors.New("index.html has no " + baseTag)
			}
			body = bytes.Replace(body, []byte(baseTag), []byte(`<base href="`+base+`/">`), 1)
		}
		if coding := codings[path.Ext(name)]; coding != "" {
			of := strings.TrimSuffix("/"+name, path.Ext(name))
			packed[of] = append(packed[of], variant{coding, body})
			return nil
		}
		sum := sha256.Sum256(body)
		w.files["/"+name] = &file{
			name: name, body: body, tag: `"` + hex.EncodeToString(sum[:8]) + `"`, kind: kind(path.Ext(name)),
			forever: strings.HasPrefix(name, "assets/"),
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for name, variants := range packed {
		if f := w.files[name]; f != nil {
			f.packed = variants // in the order of their names: br comes before gz, and is smaller
		}
	}
	if w.index = w.files["/index.html"]; w.index == nil {
		return nil, errors.New("there is no index.html")
	}
	return w, nil
}

// ServeHTTP gives a file or, for a route of the app, its page. A file that is missing is missing: a page in its place
// would be taken for a script.
func (s *web) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f := s.files[r.URL.Path]
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	if f == nil {
		if strings.Contains(path.Base(r.URL.Path), ".") {
			http.NotFound(w, r)
			return
		}
		f = s.index
	}
	h.Set("ETag", f.tag)
	h.Set("Cache-Control", "no-cache")
	if f.forever {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	if f.kind != "" {
		h.Set("Content-Type", f.kind)
	}
	body := f.body
	if len(f.packed) > 0 {
		h.Add("Vary", "Accept-Encoding")
		if v := f.variantFor(r.Header.Get("Accept-Encoding")); v != nil {
			body = v.body
			h.Set("Content-Encoding", v.coding)
			h.Set("ETag", strings.TrimSuffix(f.tag, `"`)+"-"+v.coding+`"`)
		}
	}
	http.ServeContent(w, r, f.name, time.Time{}, bytes.NewReader(body))
}

// variantFor is the first of a file's variants that the client takes, nil if it takes none (RFC 9110, 12.5.3).
func (f *file) variantFor(accept string) *variant {
	for i := range f.packed {
		for one := range strings.SplitSeq(accept, ",") {
			coding, q, _ := strings.Cut(strings.TrimSpace(one), ";")
			refused := strings.ReplaceAll(q, " ", "")
			if strings.EqualFold(strings.TrimSpace(coding), f.packed[i].coding) && refused != "q=0" && refused != "q=0.0" {
				return &f.packed[i]
			}
		}
	}
	return nil
}
