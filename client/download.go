package client

import (
	"context"
	"io"
	"net/http"
	"strconv"
)

// Download is a file on its way. Body must be closed; it breaks off with an error if the connection does.
type Download struct {
	Body        io.ReadCloser
	ContentType string
	Size        int64 // bytes that Body gives; -1 if the server did not say
}

// Range asks for a part of a file: length bytes from offset on, or with a negative length all that are left.
func Range(offset, length int64) CallOption {
	part := "bytes=" + strconv.FormatInt(offset, 10) + "-"
	if length >= 0 {
		part += strconv.FormatInt(offset+length-1, 10)
	}
	return func(o *callOptions) { o.header.Set("Range", part) }
}

// callDownload sends a request whose answer is a file, and gives it as it comes.
func callDownload(ctx context.Context, c *Client, r request, o []CallOption) (*Download, error) {
	r.accept = "*/*"
	resp, err := c.send(ctx, r, o, func(*http.Response) error { return nil })
	if err != nil {
		return nil, err
	}
	return &Download{Body: resp.Body, ContentType: resp.Header.Get("Content-Type"), Size: resp.ContentLength}, nil
}
