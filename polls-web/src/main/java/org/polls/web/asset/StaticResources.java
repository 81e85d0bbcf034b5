package org.polls.web.asset;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.faces.application.Resource;
import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.application.ResourceWrapper;

/**
 * Links the resources of Faces libraries to the static files that the build made of them. The server itself answers no
 * resource's address, so a resource that the build never saw fails when a page wants to link it.
 */
public class StaticResources extends ResourceHandlerWrapper {

    public StaticResources(ResourceHandler wrapped) {
        super(wrapped);
    }

    @Override
    public Resource createResource(String name, String library) {
        return linked(super.createResource(name, library));
    }

    @Override
    public Resource createResource(String name, String library, String contentType) {
        return linked(super.createResource(name, library, contentType));
    }

    private static Resource linked(Resource resource) {
        return resource == null || resource.getLibraryName() == null ? resource : new Linked(resource);
    }

    private static final class Linked extends ResourceWrapper {

        Linked(Resource resource) {
            super(resource);
        }

        @Override
        public String getRequestPath() {
            return CDI.current().select(StaticFiles.class).get().link(getLibraryName() + "/" + getResourceName());
        }
    }
}
