/** The context of a request, its views, and the values they give. */
package org.pipebridge.http;
