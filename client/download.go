package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// Download is a file on its way. Body must be closed. Reading it fails if the connection breaks off: whoever has read n
// bytes goes on with the option Range(Offset+n, -1).
type Download struct {
	Body        io.ReadCloser
	ContentType string
	Offset      int64 // where in the file Body begins; 0 if it is the whole file, also if a part was asked for
	Size        int64 // bytes that Body gives; -1 if the server did not say
	Total       int64 // bytes of the whole file; -1 if the server did not say
}

// Range asks for a part of a file: length bytes from offset on, or all that are left if length is not above 0. A file
// that has nothing at offset is refused as CodeRangeNotSatisfiable.
func Range(offset, length int64) CallOption {
	part := "bytes=" + strconv.FormatInt(offset, 10) + "-"
	if length > 0 {
		part += strconv.FormatInt(offset+length-1, 10)
	}
	return func(o *callOptions) { o.header.Set("Range", part) }
}

// IfRange gives a part only of the file that has this ETag (see Meta), and all of any other one.
func IfRange(etag string) CallOption {
	return func(o *callOptions) { o.header.Set("If-Range", etag) }
}

// DownloadAttachment asks for an address of a file and for the file at it.
//
// POST /workspaces/{ws}/tasks/{task}/attachments/{attachment}/url and GET /files/{token}, scope read.
func (w *WorkspaceClient) DownloadAttachment(ctx context.Context, task, attachment string, o ...CallOption) (*Download, error) {
	address, err := w.SignAttachment(ctx, task, attachment, SignAttachmentParams{})
	if err != nil {
		return nil, err
	}
	return w.c.GetFile(ctx, address.URL[strings.LastIndexByte(address.URL, '/')+1:], o...)
}

// callDownload sends a request whose answer is a file, and gives it as it comes.
func callDownload(ctx context.Context, c *Client, r request, o []CallOption) (*Download, error) {
	r.accept, r.asItIs = "*/*", true
	resp, err := c.send(ctx, r, o, func(*http.Response) error { return nil })
	if err != nil {
		return nil, err
	}
	d := &Download{Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Size: resp.ContentLength, Total: resp.ContentLength}
	if resp.StatusCode == http.StatusPartialContent {
		if d.Offset, d.Total, err = contentRange(resp.Header.Get("Content-Range")); err != nil {
			resp.Body.Close()
			return nil, fmt.Errorf("client: %s %s: %w", r.method, r.path, errUnreadable(err))
		}
	}
	return d, nil
}

var errContentRange = errors.New("its header Content-Range is none")

// contentRange reads a header such as "bytes 5-9/100"; an unknown length is -1.
func contentRange(header string) (offset, total int64, err error) {
	part, all, _ := strings.Cut(strings.TrimPrefix(header, "bytes "), "/")
	from, _, _ := strings.Cut(part, "-")
	if offset, err = strconv.ParseInt(from, 10, 64); err != nil || offset < 0 {
		return 0, 0, errContentRange
	}
	if all == "*" {
		return offset, -1, nil
	}
	if total, err = strconv.ParseInt(all, 10, 64); err != nil || total <= offset {
		return 0, 0, errContentRange
	}
	return offset, total, nil
}
