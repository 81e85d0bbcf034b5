package org.polls.setting.boundary;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Produces;
import org.polls.setting.Settings;

/**
 * Reads the settings when the application starts and hands them out by injection; anyone may have them.
 *
 * <p>{@code serve} has checked the same variables before, so a fault here means that the server was started in another
 * way: the deployment fails with the list.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ServerSettings {

    private Settings settings;

    @PostConstruct
    void read() {
        settings = Settings.read(System.getenv());
    }

    @Produces
    public Settings settings() {
        return settings;
    }
}
