package org.polls.container;

import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.hibernate.type.format.FormatMapper;
import org.polls.database.TestDatabase;
import org.polls.setting.Settings;

/**
 * The boundaries as a container runs them: with what they have injected, each call in the transaction that the method's
 * attribute asks for, rolled back when it throws. Permissions, rules and SQL are the product's own.
 */
public final class Boundaries implements AutoCloseable {

    private static final ThreadLocal<EntityManager> CURRENT = new ThreadLocal<>();

    private final TestDatabase database;
    private final Settings settings;
    private final EntityManagerFactory factory;
    private final Map<Class<?>, Object> beans = new HashMap<>();

    public Boundaries(TestDatabase database) {
        this.database = database;
        this.settings = Settings.read(Map.of(
                "POLLS_SECRET_KEY", "the-secret-key-of-the-tests-is-longer-than-fifty-characters-0123456789",
                "POLLS_ALLOWED_HOSTS", "localhost",
                "DATABASE_PASSWORD", "unused"));
        this.factory = Persistence.createEntityManagerFactory(
                "polls",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.jtaDataSource",
                        database.dataSource(),
                        // No entity has a JSON attribute; Hibernate's own choice needs the server's JSON library.
                        "hibernate.type.json_format_mapper",
                        noJson(),
                        "hibernate.generate_statistics",
                        "true"));
    }

    private static Object noJson() {
        return Proxy.newProxyInstance(
                FormatMapper.class.getClassLoader(),
                new Class<?>[] {FormatMapper.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    public Settings settings() {
        return settings;
    }

    /** {@return what Hibernate counted since this was made} */
    public Statistics statistics() {
        return factory.unwrap(SessionFactory.class).getStatistics();
    }

    /** {@return the boundary, one for all threads} */
    public synchronized <T> T get(Class<T> type) {
        Object bean = beans.get(type);
        if (bean == null) {
            try {
                T target = type.getDeclaredConstructor().newInstance();
                bean = new ByteBuddy()
                        .subclass(type)
                        .method(ElementMatchers.isDeclaredBy(type).and(ElementMatchers.isPublic()))
                        .intercept(InvocationHandlerAdapter.of(
                                (proxy, method, arguments) -> call(type, target, method, arguments)))
                        .make()
                        .load(type.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER)
                        .getLoaded()
                        .getDeclaredConstructor()
                        .newInstance();
                beans.put(type, bean);
                for (Field field : type.getDeclaredFields()) {
                    inject(target, field);
                }
            } catch (ReflectiveOperationException failure) {
                throw new LinkageError(failure.getMessage(), failure);
            }
        }
        return type.cast(bean);
    }

    private void inject(Object target, Field field) throws IllegalAccessException {
        field.setAccessible(true);
        if (field.isAnnotationPresent(PersistenceContext.class)) {
            field.set(
                    target,
                    Proxy.newProxyInstance(
                            EntityManager.class.getClassLoader(),
                            new Class<?>[] {EntityManager.class},
                            (proxy, method, arguments) -> invoke(CURRENT.get(), method, arguments)));
        } else if (field.isAnnotationPresent(EJB.class)) {
            field.set(target, get(field.getType()));
        } else if (field.isAnnotationPresent(Resource.class)) {
            field.set(target, database.dataSource());
        } else if (field.isAnnotationPresent(Inject.class)) {
            field.set(target, settings);
        }
    }

    private Object call(Class<?> type, Object target, Method method, Object[] arguments) throws Throwable {
        EntityManager outer = CURRENT.get();
        boolean joined = outer != null && outer.getTransaction().isActive();
        TransactionAttributeType wanted = attribute(type, method);
        if (joined && (wanted == TransactionAttributeType.REQUIRED || wanted == TransactionAttributeType.SUPPORTS)) {
            return invoke(target, method, arguments);
        }
        try (EntityManager own = factory.createEntityManager()) {
            CURRENT.set(own);
            boolean transaction =
                    wanted == TransactionAttributeType.REQUIRED || wanted == TransactionAttributeType.REQUIRES_NEW;
            if (!transaction) {
                return invoke(target, method, arguments);
            }
            own.getTransaction().begin();
            try {
                Object result = invoke(target, method, arguments);
                own.getTransaction().commit();
                return result;
            } finally {
                if (own.getTransaction().isActive()) {
                    own.getTransaction().rollback();
                }
            }
        } finally {
            CURRENT.set(outer);
        }
    }

    private static TransactionAttributeType attribute(Class<?> type, Method method) {
        TransactionAttribute attribute = method.getAnnotation(TransactionAttribute.class);
        if (attribute == null) {
            attribute = type.getAnnotation(TransactionAttribute.class);
        }
        return attribute == null ? TransactionAttributeType.REQUIRED : attribute.value();
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @Override
    public void close() {
        factory.close();
    }
}
